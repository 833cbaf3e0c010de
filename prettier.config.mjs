export default { singleQuote: true, printWidth: 120, plugins: ['prettier-plugin-tailwindcss'], tailwindStylesheet: './app/globals.css' };
