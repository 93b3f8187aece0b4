// The map of the form: loaded when it is needed, so that the form works before it and without it. It asks the server for nothing
// that depends on the place: whole files, or no map below the pin.

import { Map as MapLibreMap, Marker, ScaleControl, addProtocol, setWorkerUrl } from 'maplibre-gl';
import { layLand } from './ground.js';
import { densitySource, file, isSmall, releaseFiles } from './source.js';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The address of the outlines of the first set of areas that is small enough to be fetched whole; `null` without one. */
async function outlinesOf(manifest) {
  const found = (await releaseFiles({ manifest })).find((one) => /^areas-[a-z0-9-]+\.geojson$/.test(one.path) && isSmall(one));
  return found ? new URL(found.path, new URL(manifest, location.href)).href : null;
}

export async function placeMap(holder, { bounds, label, blind, archive, archiveBytes, manifest, streets, land, onPlace }) {
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
  const line = async (id, address, ink, width) => {
    const data = await (await file(address)).json();
    map.addSource(id, { type: 'geojson', data });
    map.addLayer({ id, type: 'line', source: id, paint: { 'line-color': colour(ink), 'line-width': width } });
  };
  const cells = async () => {
    map.addSource('density', await densitySource({ archive, archiveBytes }, addProtocol));
    map.addLayer({
      id: 'cells',
      type: 'fill',
      source: 'density',
      'source-layer': 'cells',
      filter: ['>', ['coalesce', ['get', 'n'], 0], 0],
      paint: { 'fill-color': colour('--class-3'), 'fill-opacity': 0.35 },
    });
  };
  map.once('load', async () => {
    // A map without one of these still takes a pin. Where teams must not see each other's points, nothing known is drawn.
    if (!blind && archive && isSmall({ bytes: Number(archiveBytes) })) await cells().catch(() => {});
    const outlines = await outlinesOf(manifest).catch(() => null);
    if (outlines) await line('areas', outlines, '--cell-line', 1.5).catch(() => {});
    if (streets) await line('streets', streets, '--soft', 2).catch(() => {});
    if (land) layLand(map, land, map.getStyle().layers[1]?.id);
    holder.dataset.state = 'ready';
  });
  return { put, resize: () => map.resize() };
}
