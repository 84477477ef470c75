/** The public names of the package with the files behind them, wildcards written out. */
export declare const packageEntries: () => { name: string; source: string; target: string }[];
