import typescript from '@typescript-eslint/eslint-plugin';

export default [
  { ignores: ['dist/', 'coverage/'] },
  ...typescript.configs['flat/recommended'],
  {
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines-per-function': [
        'error',
        { max: 50, skipBlankLines: true, skipComments: true },
      ],
      camelcase: 'error',
    },
  },
  {
    // A `describe` is a list of tests, not a function somebody has to follow.
    files: ['test/**', 'testkit/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
];
