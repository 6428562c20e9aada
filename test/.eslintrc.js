const config = require('../eslint/layers')(__dirname, 'top');

module.exports = {
  ...config,
  rules: {
    ...config.rules,
    // Benchmarks and fault tests look at the insides of what they measure.
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-mixed-plugin-imports': 'off',
  },
};
