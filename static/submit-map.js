// The map of the form: loaded when it is needed, so that the form works before it and without it. It asks the server for nothing
// that depends on the place: whole files, or no map below the pin.

import { Map as MapLibreMap, Marker, ScaleControl, addProtocol, setWorkerUrl } from 'maplibre-gl';
import { densitySource } from './source.js';

const WHOLE = 2_000_000;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

async function json(address) {
  const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  return response.ok ? response.json() : null;
}

/** The outlines of the first set of areas that is small enough to be fetched whole. */
async function areas({ manifest }) {
  if (!manifest) return null;
  const { files = [] } = (await json(manifest)) ?? {};
  const found = files.find(({ path, bytes }) => /^areas-[a-z0-9-]+\.geojson$/.test(path) && bytes < WHOLE);
  return found ? json(new URL(found.path, new URL(manifest, location.href))) : null;
}

export async function placeMap(holder, { bounds, label, blind, archive, archiveBytes, manifest, streets, onPlace }) {
  setWorkerUrl(new URL(MAP_WORKER_PATH, import.meta.url).href);
  const map = new MapLibreMap({
    container: holder,
    style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colour('--ground') } }] },
    ...(bounds ? { bounds, fitBoundsOptions: { padding: 12 } } : { center: [0, 20], zoom: 1 }),
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: { 'Map.Title': label },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 100 }), 'bottom-left');
  const marker = new Marker({ draggable: true, color: colour('--chosen') });
  const told = (source) => {
    const { lng, lat } = marker.getLngLat().wrap();
    onPlace({ latitude: lat, longitude: lng }, source);
  };
  const put = ({ latitude, longitude }, zoom) => {
    marker.setLngLat([longitude, latitude]).addTo(map);
    map.easeTo({ center: [longitude, latitude], zoom: Math.max(map.getZoom(), zoom ?? 17) });
  };
  marker.on('dragend', () => told('map'));
  map.on('click', ({ lngLat }) => {
    marker.setLngLat(lngLat).addTo(map);
    told('map');
  });
  const line = (id, data, ink, width) => {
    map.addSource(id, { type: 'geojson', data });
    map.addLayer({ id, type: 'line', source: id, paint: { 'line-color': colour(ink), 'line-width': width } });
  };
  map.once('load', async () => {
    // Where teams must not see each other's points, nothing known is drawn.
    if (!blind && archive && Number(archiveBytes) < WHOLE) {
      map.addSource('density', await densitySource({ archive, archiveBytes, bounds }, addProtocol));
      map.addLayer({
        id: 'cells',
        type: 'fill',
        source: 'density',
        'source-layer': 'cells',
        filter: ['>', ['coalesce', ['get', 'n'], 0], 0],
        paint: { 'fill-color': colour('--class-3'), 'fill-opacity': 0.35 },
      });
    }
    const outlines = await areas({ manifest }).catch(() => null);
    if (outlines) line('areas', outlines, '--cell-line', 1.5);
    const found = streets ? await json(streets).catch(() => null) : null;
    if (found) line('streets', found, '--soft', 2);
    holder.dataset.state = 'ready';
  });
  return { put, resize: () => map.resize() };
}
