import type { Pixels } from "./page-edges";

/** 2500 px keep 8-point print readable on A4 (about 215 dpi) and make a photo five times lighter than a camera does. */
const LONG_SIDE = 2500;
const QUALITY = 0.82;
const LOOK_SIDE = 320;

export interface Photo {
  blob: Blob;
  width: number;
  height: number;
}

const draw = (image: ImageBitmap, longSide: number): HTMLCanvasElement | null => {
  const scale = Math.min(1, longSide / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const encoded = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));

/**
 * A photo as it goes to the server and a small look at it for finding the page. Turned as the camera says; null when the
 * browser cannot read the picture.
 */
export const takePhoto = async (file: Blob): Promise<{ photo: Photo; look: Pixels } | null> => {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!image) return null;
  try {
    const canvas = draw(image, LONG_SIDE);
    const small = draw(image, LOOK_SIDE);
    const look = small?.getContext("2d")?.getImageData(0, 0, small.width, small.height);
    const blob = canvas && (await encoded(canvas));
    if (!canvas || !blob || !look) return null;
    return { photo: { blob, width: canvas.width, height: canvas.height }, look };
  } finally {
    image.close();
  }
};
