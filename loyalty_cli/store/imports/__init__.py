"""Imports and what they brought: receipts, conflicts, refunds, set-aside rows, lists, the till's totals."""
