// What is counted: all cameras, or some kinds, or some operators. Published counts are marginals, so a choice of kinds
// cannot be combined with a choice of operators.

const PREFIX = { kind: 'k_', operator: 'o_' };

/**
 * @typedef {object} Choice
 * @property {'all' | 'kind' | 'operator'} by
 * @property {string[]} words chosen kinds or operators; empty when `by` is `all`
 * @property {'count' | 'km2'} measure
 * @property {string} layer `cells`, or `areas:` and the slug of a set
 */

/** @type {Choice} */
export const DEFAULT = { by: 'all', words: [], measure: 'count', layer: 'cells' };

const names = ({ by, words }) => words.map((word) => PREFIX[by] + word);

/** Cameras of a cell under a choice. A property that is absent counts nothing. */
export function cameras(properties, choice) {
  if (choice.by === 'all') return properties.n ?? 0;
  return names(choice).reduce((sum, name) => sum + (properties[name] ?? 0), 0);
}

/** The same sum as a MapLibre expression. */
export function camerasExpression(choice) {
  const number = (name) => ['coalesce', ['get', name], 0];
  if (choice.by === 'all') return number('n');
  return ['+', 0, ...names(choice).map(number)];
}

/** What the classes are about: the sum, or the sum per square kilometre. */
export function measureExpression(choice) {
  const sum = camerasExpression(choice);
  return choice.measure === 'km2' ? ['/', sum, ['get', 'km2']] : sum;
}

/** The choice as it stands in the form. */
export function readForm(form) {
  const data = new FormData(form);
  const by = data.get('by');
  return { by, words: by === 'all' ? [] : data.getAll(by), measure: data.get('measure'), layer: data.get('layer') };
}

/** Puts a choice into the form, and shows the boxes that belong to it. */
export function writeForm(form, choice) {
  form.elements.by.value = choice.by;
  form.elements.measure.value = choice.measure;
  for (const radio of form.querySelectorAll('input[name="layer"]')) radio.checked = radio.value === choice.layer;
  for (const by of Object.keys(PREFIX)) {
    form.querySelector(`[data-boxes="${by}"]`).hidden = choice.by !== by;
    if (choice.by !== by) continue;
    for (const box of form.querySelectorAll(`input[name="${by}"]`)) box.checked = choice.words.includes(box.value);
  }
}
