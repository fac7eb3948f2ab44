// Draws the map of libs/pages/src/map/world.data.ts from Natural Earth's outlines (public domain, as packed in
// `world-atlas`): Equal Earth projection, whole numbers, one path a country; a point for what is too small
// to be drawn. Run by hand when the outlines or the participants change: `node tools/make-world-map.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';

const root = new URL('../', import.meta.url);
const outlines = (scale) => {
  const file = new URL(`node_modules/world-atlas/countries-${scale}.json`, root);
  const topology = JSON.parse(readFileSync(file, 'utf8'));
  return feature(topology, topology.objects.countries).features;
};

const seed = readFileSync(new URL('apps/standalone/src/seed/participants.data.ts', root), 'utf8');
const codes = new Map(
  [...seed.matchAll(/\["([A-Z]{3})", "([a-z-]+)", (?:"[A-Z]{2}"|null), "(\d{3})"/g)].flatMap(
    ([, code, kind, m49]) => (kind === 'dissolved-state' ? [] : [[m49, code]]),
  ),
);

const [width, height] = [800, 380];
const coarse = outlines('110m').filter(({ id }) => id !== '010');
const projection = geoEqualEarth()
  .rotate([-11, 0])
  .fitExtent(
    [
      [4, 4],
      [width - 4, height - 4],
    ],
    { type: 'FeatureCollection', features: coarse },
  );
const draw = geoPath(projection).digits(0);

/** Rings of absolute points as relative steps, without the points that a whole number swallows. */
const shortened = (path) =>
  path
    .split('M')
    .slice(1)
    .map((ring) => {
      const points = ring
        .replace(/Z$/, '')
        .split('L')
        .map((point) => point.split(',').map(Number));
      let [x, y] = points[0];
      let drawn = `M${x} ${y}l`;
      const steps = [];
      for (const [px, py] of points.slice(1)) {
        if (px === x && py === y) continue;
        steps.push(`${px - x} ${py - y}`);
        [x, y] = [px, py];
      }
      if (steps.length < 3) return '';
      return `${drawn}${steps.join(' ').replaceAll(' -', '-')}z`;
    })
    .join('');

const shapes = {};
const nobodys = [];
for (const country of coarse) {
  const path = shortened(draw(country) ?? '');
  const code = codes.get(country.id);
  if (path === '') continue;
  if (code === undefined) nobodys.push(path);
  else shapes[code] = path;
}
const points = {};
for (const country of outlines('10m')) {
  const code = codes.get(country.id);
  if (code === undefined || shapes[code] !== undefined) continue;
  const place = projection(geoCentroid(country));
  if (place !== null) points[code] = place.map(Math.round);
}
const missing = [...codes.values()].filter(
  (code) => shapes[code] === undefined && points[code] === undefined,
);
const quoted = (value) => JSON.stringify(value).replaceAll('"', "'");
writeFileSync(
  new URL('libs/pages/src/map/world.data.ts', root),
  `/**
 * Outlines by participant code, drawn by tools/make-world-map.mjs from Natural Earth (public domain) in the
 * Equal Earth projection. Land of which the register knows no participant is in \`otherLand\`.
 */
export const mapSize = ${quoted({ width, height }).replace("'width'", 'width').replace("'height'", 'height')} as const;

export const otherLand = '${nobodys.join('')}';

/** Participants large enough to be drawn. */
export const outlines: Readonly<Record<string, string>> = ${quoted(shapes)};

/** Participants too small to be drawn: a point each. */
export const points: Readonly<Record<string, readonly [number, number]>> = ${quoted(points)};
`,
);
const bytes = Object.values(shapes).join('').length + nobodys.join('').length;
console.log(
  `${Object.keys(shapes).length} outlines, ${Object.keys(points).length} points, ${bytes} bytes; not on the map: ${missing.join(' ')}`,
);
