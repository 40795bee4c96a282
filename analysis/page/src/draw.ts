// The part of ECharts' custom series that this page uses, typed.

export interface CustomApi {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
  size(span: [number, number]): [number, number];
}

export interface CustomParams {
  dataIndex: number;
  coordSys: { x: number; y: number; width: number; height: number };
}

export type Shape = Record<string, unknown>;

export function rectangle(x: number, y: number, width: number, height: number, fill: string, opacity = 1, radius = 0): Shape {
  return { type: 'rect', shape: { x, y, width, height, r: radius }, style: { fill, opacity } };
}

export function segment(x1: number, y1: number, x2: number, y2: number, stroke: string, width: number): Shape {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: width } };
}

export function circle(cx: number, cy: number, r: number, fill: string, stroke?: string): Shape {
  return { type: 'circle', shape: { cx, cy, r }, style: { fill, stroke, lineWidth: stroke ? 1.5 : 0 } };
}

export function text(x: number, y: number, words: string, fill: string, font: string): Shape {
  return { type: 'text', style: { x, y, text: words, fill, font, verticalAlign: 'middle' } };
}

export function polygon(points: [number, number][], fill: string, opacity: number): Shape {
  return { type: 'polygon', shape: { points }, style: { fill, opacity } };
}
