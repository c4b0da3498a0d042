// ESLint for what lies outside the workspaces: scripts, journeys and benchmarks.
const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

module.exports = {
  root: true,
  ...createConfigForRole(__dirname, 'node-library', {
    parserOptions: { ecmaVersion: 2022 },
    rules: {
      // One thing after another is what these programs are for.
      'no-await-in-loop': 'off',
    },
    overrides: [
      {
        // node:test and Playwright, not Jest.
        files: ['**/*.test.mjs', '**/*.spec.ts'],
        rules: {
          'jest/expect-expect': 'off',
          'jest/no-standalone-expect': 'off',
        },
      },
    ],
  }),
};
