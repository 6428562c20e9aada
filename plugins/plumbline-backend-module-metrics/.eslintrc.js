module.exports = require('../../eslint/layers')(__dirname, 'module');
