// The worker in which MapLibre cuts tiles into triangles: a file of ours, so that the content policy needs no `blob:`.
import 'maplibre-gl/dist/maplibre-gl-worker.mjs';
