// The module that plugins/world.ts makes at build time: the topology as JSON text.
declare module 'virtual:world' {
  const text: string;
  export default text;
}
