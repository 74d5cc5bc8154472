/** What the browser reads codes with, where it has it. */
export interface CodeReader {
  detect(from: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: string[] }) => CodeReader
  }
}

/** seesCodes says whether this browser can read QR codes with its camera; without it people type the number. */
export const seesCodes = (): boolean =>
  window.BarcodeDetector !== undefined && navigator.mediaDevices?.getUserMedia !== undefined
