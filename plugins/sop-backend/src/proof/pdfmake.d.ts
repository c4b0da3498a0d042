/** As much of pdfmake as is used here; it brings no types. */
declare module 'pdfmake' {
  interface PdfMake {
    setFonts(fonts: object): void;
    setUrlAccessPolicy(allow: (url: string) => boolean): void;
    setLocalAccessPolicy(allow: (path: string) => boolean): void;
    createPdf(definition: object): { getBuffer(): Promise<Buffer> };
  }
  const pdfmake: PdfMake;
  export default pdfmake;
}
