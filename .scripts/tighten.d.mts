/** A style sheet, or a part of one, without comments and needless space. */
export declare const tightenCss: (text: string) => string;
/** Markup, or a part of it, without comments and indentation. */
export declare const tightenHtml: (text: string) => string;
