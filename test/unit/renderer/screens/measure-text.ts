/** What is wrong with the text of a page, by the browser's own layout. Sent to it by its source. */

/** Shows each markup in turn; returns `<index>: <what>` for each fault. */
export const measureText = (markups: readonly string[]): readonly string[] => {
  /** Decoration, and what no eye reads. */
  const EXEMPT = '.training-watermark, svg, option';
  /** Of rounding. */
  const SLACK_PX = 1;
  const root = document.getElementById('root');
  if (root === null) throw new Error('there is no #root');

  /** The box a text stands in. */
  const boxAround = (element: Element): Element => {
    const { display } = getComputedStyle(element);
    const isBox = display !== 'inline' && display !== 'contents';
    return isBox || element.parentElement === null ? element : boxAround(element.parentElement);
  };

  /** It and all boxes around it, up to where one stands apart from the rest. */
  const boxesAround = (box: Element): Element[] => {
    const isApart = /absolute|fixed/.test(getComputedStyle(box).position);
    if (isApart || box === root || box.parentElement === null) return [box];
    return [box, ...boxesAround(boxAround(box.parentElement))];
  };

  const isOutside = (line: DOMRect, box: Element): boolean => {
    const { left, right } = box.getBoundingClientRect();
    return line.left < left - SLACK_PX || line.right > right + SLACK_PX;
  };

  const faultsOf = (text: Text, element: Element): string[] => {
    const box = boxAround(element);
    const { clipPath, textOverflow, overflowY } = getComputedStyle(box);
    // Clipped to nothing: for ears alone.
    if (clipPath === 'inset(50%)') return [];
    const found: string[] = [];
    if (textOverflow === 'ellipsis') found.push('may end in an ellipsis');
    const mustFit = box.matches('button, .tag') || /hidden|clip/.test(overflowY);
    if (mustFit && box.scrollHeight > box.clientHeight + 2 * SLACK_PX) found.push('is too high');
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = Array.from(range.getClientRects());
    if (boxesAround(box).some((around) => lines.some((line) => isOutside(line, around))))
      found.push('is too wide');
    if (lines.length > 1) found.push(...brokenWords(text, range));
    return found;
  };

  /** Words that stand on two lines: broken where no reader expects it. */
  const brokenWords = (text: Text, range: Range): string[] => {
    const broken: string[] = [];
    for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(`breaks ${word}`);
    }
    return broken;
  };

  return markups.flatMap((markup, index) => {
    root.innerHTML = markup;
    for (const dialog of root.querySelectorAll('dialog')) dialog.showModal();
    const faults = root.scrollWidth > root.clientWidth ? ['the page scrolls sideways'] : [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement;
      if (!(node instanceof Text) || element === null || element.closest(EXEMPT) !== null) continue;
      if (node.data.trim() === '') continue;
      const name = `${element.tagName.toLowerCase()} "${node.data.slice(0, 50)}"`;
      faults.push(...faultsOf(node, element).map((fault) => `${name} ${fault}`));
    }
    return faults.map((fault) => `${index}: ${fault}`);
  });
};
