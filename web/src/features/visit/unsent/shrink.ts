/** The longer side of a photo that is sent, in pixels: enough to read a sign by. */
const SIDE_PX = 2048
const QUALITY = 0.82
/** What is no larger is sent as it is, in bytes. */
const SMALL = 600_000

const made = new WeakMap<File, Promise<File>>()

/** shrunk gives a photo in a size that a bad line carries, for one file always the same. Other files, and what this browser cannot draw, stay as they are. */
export function shrunk(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.size <= SMALL) return Promise.resolve(file)
  const had = made.get(file) ?? drawn(file).catch(() => file)
  made.set(file, had)
  return had
}

async function drawn(file: File): Promise<File> {
  const picture = await createImageBitmap(file)
  const share = Math.min(1, SIDE_PX / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * share)
  canvas.height = Math.round(picture.height * share)
  const to = canvas.getContext('2d')
  if (!to) return file
  // A JPEG has no transparent parts: they would be black.
  to.fillStyle = '#fff'
  to.fillRect(0, 0, canvas.width, canvas.height)
  to.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  if (!jpeg || jpeg.size >= file.size) return file
  return new File([jpeg], `${file.name.replace(/\.\w+$/, '')}.jpg`, {
    type: 'image/jpeg',
    lastModified: file.lastModified,
  })
}
