import { defineConfig, type OxlintOverride } from 'oxlint'
import { walls } from './scripts/walls.ts'

export default defineConfig({
  plugins: ['import', 'typescript', 'unicorn', 'react', 'oxc', 'promise', 'node', 'vitest', 'jsx-a11y'],
  categories: { correctness: 'error' },
  ignorePatterns: ['node_modules', 'dist', 'main/database/tables.ts'],
  options: { denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  rules: {
    'import/default': 'off',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    'react/no-danger': 'error',
    'no-console': 'error',
    'no-eval': 'error',
    'no-new-func': 'error',
    'no-script-url': 'error',
    'no-unused-vars': 'off',
    'unicorn/filename-case': ['error', { cases: { kebabCase: true } }],
    'unicorn/no-thenable': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'jsx-a11y/no-autofocus': 'off',
    'jsx-a11y/no-noninteractive-element-interactions': 'off',
    'promise/no-callback-in-promise': 'off',
    'react/incompatible-library': 'off',
    'react/refs': 'off',
    'react/set-state-in-effect': 'off',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'fc.assert', '**.trial'] }],
    'vitest/no-conditional-expect': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/require-to-throw-message': 'off',
  },
  overrides: [
    {
      files: ['**/*.tsx'],
      rules: { 'unicorn/filename-case': ['error', { cases: { kebabCase: true, pascalCase: true } }] },
    },
    {
      files: ['**/*.config.ts', 'scripts/fuses.*', 'scripts/test-counts.mjs'],
      rules: { 'import/no-default-export': 'off' },
    },
    { files: ['main/cli.ts', 'main/commands/**', 'main/hosts/**', 'scripts/**'], rules: { 'no-console': 'off' } },
    { files: ['tests/**'], rules: { 'no-console': 'off', 'no-script-url': 'off' } },
    {
      files: ['main/**'],
      excludeFiles: ['main/hosts/**'],
      rules: {
        'no-restricted-properties': [
          'error',
          { property: 'serialize', message: 'It gives an encrypted database back in plain text. Use VACUUM INTO.' },
          { property: 'backup', message: 'It fails on an encrypted database. Use VACUUM INTO.' },
        ],
      },
    },
    ...walls.map(
      ({ files, but, forbidden }): OxlintOverride => ({
        files,
        excludeFiles: but ?? [],
        rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] },
      }),
    ),
  ],
})
