// What scripts say, in the language of the page: the page hands over the Fluent messages it was made with.

import { FluentBundle, FluentResource } from '@fluent/bundle';

/** The language with European digits, as the server writes numbers and as they stand in every file. */
function latin(code) {
  return new Intl.Locale(code, { numberingSystem: 'latn' }).toString();
}

/**
 * A function from a key and its values to a text. A number among the values chooses the plural and is written as the language
 * writes it; a text stands as it is. `source` are the messages of language `code`, in Fluent's syntax.
 */
export function messages(source, code) {
  // Numbers and codes keep their own direction inside a sentence from right to left.
  const useIsolating = new Intl.Locale(code).language === 'ar';
  const bundle = new FluentBundle(latin(code), { useIsolating });
  bundle.addResource(new FluentResource(source));
  return (key, values) => {
    const message = bundle.getMessage(key);
    return message?.value ? bundle.formatPattern(message.value, values, []) : key;
  };
}

/** How the language of the page writes numbers. A share never rounds to nothing or to everything, as on the server. */
export function numbers(code) {
  const language = latin(code);
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return {
    count: (value) => whole.format(value),
    measure: (value) => (value >= 1000 ? whole : short).format(value),
    share: (value) => {
      if (value > 0 && value < 0.005) return `< ${percent.format(0.01)}`;
      return percent.format(value < 1 ? Math.min(value, 0.99) : value);
    },
  };
}
