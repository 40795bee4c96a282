// The world as SVG: nations filled by class, small states as discs, uncertain ones stippled.
import { geoEqualEarth, geoPath, type GeoPermissibleObjects, type GeoProjection } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import text from 'virtual:world';
import { fill, svg } from '../dom';
import { iso3_of } from './iso';

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;
export type Country = Feature<Geometry, { name: string }>;

const world = JSON.parse(text) as World;
export const countries = (feature(world, world.objects.countries) as FeatureCollection<Geometry, { name: string }>).features;
const with_shape = new Set(countries.map((country) => iso3_of(country.id)));

/** Whether the map can show a nation; it has no shape for those of a fictional world. */
export function has_shape(iso3: string): boolean {
  return with_shape.has(iso3);
}

const borders = mesh(world, world.objects.countries, (a, b) => a !== b);

export interface Region { name: string; label: string; corners: [[number, number], [number, number]] | null }

/** Views of the map: south-west and north-east corners [degrees]. */
export const regions: Region[] = [
  { name: 'world', label: 'World', corners: null },
  { name: 'europe', label: 'Europe', corners: [[-12, 34], [42, 68]] },
  { name: 'asia', label: 'Asia-Pacific', corners: [[62, -42], [178, 54]] },
  { name: 'americas', label: 'Americas', corners: [[-135, -30], [-50, 62]] },
];

const width = 960;
const height = 470;
const smallest_px = 9;  // nations drawn smaller than this get a disc

function project(region: Region): GeoProjection {
  const projection = geoEqualEarth().rotate([-11, 0]);
  if (!region.corners) {
    const lands: GeoPermissibleObjects = { type: 'FeatureCollection', features: countries } as never;
    return projection.fitExtent([[4, 4], [width - 4, height - 4]], lands);
  }
  const [[west, south], [east, north]] = region.corners;
  const centre: [number, number] = [(west + east) / 2, (south + north) / 2];
  const frame: GeoPermissibleObjects = { type: 'MultiPoint', coordinates: [[west, south], [east, north], [west, north], [east, south], [centre[0], north]] };
  return projection.rotate([-centre[0], 0]).fitExtent([[4, 4], [width - 4, height - 4]], frame);
}

interface Outline { country: Country; path: string; disc: [number, number] | null }
interface Geometries { outlines: Outline[]; borders: string; sphere: string }

const projected = new Map<string, Geometries>();

/** The outlines in a region; projecting them takes longer than drawing, so it is done once for each. */
function geometries(region: Region): Geometries {
  const known = projected.get(region.name);
  if (known) return known;
  const path = geoPath(project(region)).digits(1);
  const outlines = countries.flatMap((country): Outline[] => {
    const line = path(country);
    if (!line) return [];
    const [[x0, y0], [x1, y1]] = path.bounds(country);
    const small = Math.max(x1 - x0, y1 - y0) < smallest_px && !country.properties.name.startsWith('Ashmore');
    return [{ country, path: line, disc: small ? path.centroid(country) : null }];
  });
  const made = { outlines, borders: path(borders) ?? '', sphere: path({ type: 'Sphere' }) ?? '' };
  projected.set(region.name, made);
  return made;
}

export interface NationLook { fill: string; uncertain: boolean; exact: boolean }

export interface MapEvents {
  hover(iso3: string | null, event: MouseEvent | null): void;
  pick(iso3: string): void;
}

export interface WorldMap {
  element: SVGSVGElement;
  paint(look: (iso3: string) => NationLook | null): void;
  mark(iso3: string | null): void;
  view(region: Region): void;
}

function patterns(): SVGElement {
  return svg('defs', {},
    svg('pattern', { id: 'no-data', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { width: 6, height: 6, fill: 'var(--map-land)' }),
      svg('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: 'var(--map-hatch)', 'stroke-width': 1.6 })),
    svg('pattern', { id: 'stipple', width: 5, height: 5, patternUnits: 'userSpaceOnUse' },
      svg('circle', { cx: 1.4, cy: 1.4, r: 0.9, fill: 'var(--map-dot)' })));
}

/** A map that knows where nations lie, not what they mean. */
export function world_map(events: MapEvents): WorldMap {
  const layer = svg('g');
  const element = svg('svg', { class: 'world', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'xMidYMid meet', role: 'img',
    on: { mouseleave: () => events.hover(null, null) } }, patterns(), layer);
  let region = regions[0]!;
  let look: (iso3: string) => NationLook | null = () => null;
  let marked: string | null = null;
  const shapes = new Map<string, SVGElement[]>();

  function interactive(shape: SVGElement, iso3: string): SVGElement {
    shape.setAttribute('data-iso3', iso3);
    shape.classList.add('nation');
    shape.addEventListener('mousemove', (event) => events.hover(iso3, event));
    shape.addEventListener('click', () => events.pick(iso3));
    shapes.set(iso3, [...(shapes.get(iso3) ?? []), shape]);
    return shape;
  }
  function draw(): void {
    const { outlines, borders: lines, sphere } = geometries(region);
    shapes.clear();
    const discs: SVGElement[] = [];
    const lands: SVGElement[] = [];
    const stipples: SVGElement[] = [];
    for (const { country, path: outline, disc } of outlines) {
      const iso3 = iso3_of(country.id);
      const seen = iso3 ? look(iso3) : null;
      const land = svg('path', { d: outline, fill: seen?.fill ?? 'url(#no-data)', class: 'land' });
      lands.push(iso3 && seen ? interactive(land, iso3) : land);
      if (seen?.uncertain) {
        stipples.push(svg('path', { d: outline, fill: 'url(#stipple)', class: 'stipple' }));
      }
      if (!iso3 || !seen || !disc) continue;
      const [cx, cy] = disc;
      discs.push(svg('circle', { cx, cy, r: 4.5, class: 'disc-base' }),
        interactive(svg('circle', { cx, cy, r: 4.5, fill: seen.fill, class: 'disc' }), iso3));
      if (seen.uncertain) discs.push(svg('circle', { cx, cy, r: 1.2, class: 'disc-dot' }));
    }
    fill(layer, svg('path', { d: sphere, class: 'sea' }), lands, stipples,
      svg('path', { d: lines, class: 'borders' }), discs);
    mark(marked);
  }
  function mark(iso3: string | null): void {
    layer.querySelectorAll('.ring').forEach((ring) => ring.remove());
    marked = iso3;
    for (const shape of (iso3 && shapes.get(iso3)) || []) {
      const ring = shape.cloneNode() as SVGElement;
      ring.setAttribute('class', 'ring');
      ring.removeAttribute('data-iso3');
      ring.setAttribute('fill', 'none');
      layer.append(ring);
    }
  }
  return {
    element,
    paint(next) { look = next; draw(); },
    mark,
    view(next) { region = next; draw(); },
  };
}
