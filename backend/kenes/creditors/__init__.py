"""Registry of lenders: banks, microfinance organisations, collectors, and where their mail goes."""
