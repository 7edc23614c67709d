/**
 * Reads the small XML documents of a scanner. Entities and document types are refused, depth and size
 * are capped, names are taken without their prefix: vendors spell prefixes as they like.
 */
import { XMLParser } from 'fast-xml-parser';

/** An element: its children by name, or its text. Only the functions here look into it. */
export type XmlElement = unknown;

/** Longest XML answer. A feeder with every profile spelled out has 40 kB. */
export const MAX_XML_BYTES = 256 * 1024;
const MAX_DEPTH = 24;
/** Longest text of one element. */
const MAX_TEXT_CHARS = 256;

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: MAX_DEPTH,
});

const isNamed = (element: XmlElement): element is Readonly<Record<string, XmlElement>> =>
  typeof element === 'object' && element !== null && !Array.isArray(element);

/** The root element of that name; null for anything that is not such a document. */
export const parseXml = (bytes: Uint8Array, rootName: string): XmlElement => {
  if (bytes.byteLength > MAX_XML_BYTES) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(text)) return null;
  try {
    const [root] = children(parser.parse(text, true), rootName);
    return root ?? null;
  } catch {
    return null;
  }
};

/** All elements at the end of a path, in order. */
export const children = (element: XmlElement, ...path: readonly string[]): XmlElement[] =>
  path.reduce<XmlElement[]>(
    (elements, name) =>
      elements.flatMap((parent) => {
        const found = isNamed(parent) ? (parent[name] ?? []) : [];
        return Array.isArray(found) ? found.map((each: XmlElement) => each) : [found];
      }),
    [element],
  );

/** Text of the first element at the end of a path; null where there is none. */
export const textAt = (element: XmlElement, ...path: readonly string[]): string | null => {
  const [text] = children(element, ...path);
  return typeof text === 'string' && text !== '' ? text.slice(0, MAX_TEXT_CHARS) : null;
};

/** A whole number from 0; null where there is none. */
export const numberAt = (element: XmlElement, ...path: readonly string[]): number | null => {
  const text = textAt(element, ...path);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
};
