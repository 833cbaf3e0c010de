/** @type {import('prettier').Config} */
export default {
  singleQuote: true,
  printWidth: 120,
  overrides: [
    {
      files: ['app/**/*.tsx', 'components/**/*.{ts,tsx}'],
      options: { plugins: ['prettier-plugin-tailwindcss'], tailwindStylesheet: './app/globals.css' },
    },
  ],
};
