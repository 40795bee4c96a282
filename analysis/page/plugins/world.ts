// Build step: the world map of world-atlas (Natural Earth 1:50m), simplified and reduced to what the page draws.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mergeArcs, quantize } from 'topojson-client';
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, GeometryObject, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

type Named = { name: string };
type World = Topology<{ countries: GeometryCollection<Named> }>;
type Area = Polygon<Named> | MultiPolygon<Named>;

const smallest_triangle_deg2 = 0.004;  // corners that span less are dropped: 1/4 pixel at the page's largest zoom
const smallest_ring_deg2 = 0.02;       // islets that span less are dropped, a country's last ring never
const grid = 2e4;                      // quantisation: 0.02 degrees of longitude

function find(areas: Area[], name: string): Area {
  const area = areas.find((candidate) => candidate.properties?.name === name);
  if (!area) throw new Error(`world-atlas has no "${name}": its edition changed, check analysis/page/build/world.ts`);
  return area;
}

function polygons(area: Area): number[][][] {
  return area.type === 'Polygon' ? [area.arcs] : area.arcs;
}

/** Longitude and latitude of the first corner of a polygon's outer ring. */
function first_corner(world: World, polygon: number[][]): [number, number] {
  const arc = polygon[0]![0]!;
  const line = world.arcs[arc < 0 ? ~arc : arc]!;
  const [x, y] = line[0] as [number, number];
  if (!world.transform) return [x, y];
  const { scale, translate } = world.transform;
  return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
}

function absorb(world: World, into: Area, parts: number[][][]): void {
  const whole = mergeArcs(world, [into, { type: 'MultiPolygon', arcs: parts }] as never) as MultiPolygon;
  into.type = 'MultiPolygon';
  into.arcs = whole.arcs;
}

/** Boundaries as UN resolutions have them: Crimea in Ukraine, the north of Cyprus in Cyprus, Somaliland in Somalia. */
function follow_united_nations(world: World): void {
  const all = world.objects.countries.geometries as Area[];
  const russia = find(all, 'Russia');
  const in_crimea = (polygon: number[][]): boolean => {
    const [longitude, latitude] = first_corner(world, polygon);
    return longitude > 32 && longitude < 36.7 && latitude > 44.2 && latitude < 46.3;
  };
  absorb(world, find(all, 'Ukraine'), polygons(russia).filter(in_crimea));
  russia.arcs = polygons(russia).filter((polygon) => !in_crimea(polygon)) as never;
  russia.type = 'MultiPolygon';
  for (const [part, whole] of [['N. Cyprus', 'Cyprus'], ['Somaliland', 'Somalia']] as const) {
    absorb(world, find(all, whole), polygons(find(all, part)));
  }
}

const left_out = new Set(['Antarctica', 'N. Cyprus', 'Somaliland']);

/** The topology that the page carries: countries with id (ISO 3166 numeric) and name. */
export function world_topology(): World {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const world = JSON.parse(readFileSync(path, 'utf8')) as World;
  follow_united_nations(world);
  const countries = world.objects.countries;
  countries.geometries = (countries.geometries as Area[])
    .filter((area) => !left_out.has(area.properties?.name ?? ''))
    .map((area) => ({ ...area, properties: { name: area.properties!.name } })) as GeometryObject<Named>[];
  const bare = { type: 'Topology', objects: { countries }, arcs: world.arcs, transform: world.transform } as World;
  const weighted = presimplify(bare);
  const keep = keeping_last_ring(weighted, filterWeight(weighted, smallest_ring_deg2) as unknown as RingTest);
  return quantize(simplify(filter(weighted, keep as never), smallest_triangle_deg2), grid) as World;
}

type RingTest = (ring: number[], interior: boolean) => boolean;

/** Rings of countries that would vanish altogether are kept whole, however small. */
function keeping_last_ring(world: World, large: RingTest): RingTest {
  const kept = new Set<string>();
  for (const area of world.objects.countries.geometries as Area[]) {
    const outer = polygons(area).map((polygon) => polygon[0]!);
    if (!outer.some((ring) => large(ring, false))) outer.forEach((ring) => kept.add(ring.join()));
  }
  return (ring, interior) => large(ring, interior) || kept.has(ring.join());
}

/** `import world from 'virtual:world'` gives the topology. */
export function world_plugin(): Plugin {
  const id = 'virtual:world';
  return {
    name: 'berylia-world',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(JSON.stringify(world_topology()))}` : null),
  };
}
