/** What bundler and browser give and the compiler's library does not know. */

/** The address of a bundled worker. */
declare module '*?worker&url' {
  const url: string;
  export default url;
}

/** The address of a model that is a file of the app. */
declare module '*.bin?url' {
  const url: string;
  export default url;
}

/** The address of a library's WebAssembly. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}

/** W3C Trusted Types §2.3, the part that is used. What it makes stands wherever a string may. */
declare const trustedTypes: {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
};
