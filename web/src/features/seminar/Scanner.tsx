import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const EVERY_MS = 250
/** The same code held before the camera is told once in this time. */
const QUIET_MS = 4000

/** The camera, telling each code that it sees. The camera is given back when this goes. */
export default function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const told = useRef(onCode)
  told.current = onCode
  const [refused, setRefused] = useState(false)
  useEffect(() => {
    let stream: MediaStream | undefined
    let timer = 0
    let over = false
    const seen = new Map<string, number>()
    const Reader = window.BarcodeDetector
    if (!Reader) return
    const reader = new Reader({ formats: ['qr_code'] })
    const look = async () => {
      if (over || !video.current) return
      const codes = await reader.detect(video.current).catch(() => [])
      for (const { rawValue } of codes) {
        const now = Date.now()
        if (now - (seen.get(rawValue) ?? -QUIET_MS) < QUIET_MS) continue
        seen.set(rawValue, now)
        told.current(rawValue)
      }
      timer = window.setTimeout(() => void look(), EVERY_MS)
    }
    const begin = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
        if (over || !video.current) return end()
        video.current.srcObject = stream
        await video.current.play()
        void look()
      } catch {
        if (!over) setRefused(true)
      }
    }
    const end = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void begin()
    return () => {
      over = true
      window.clearTimeout(timer)
      end()
    }
  }, [])
  if (refused) return <p role="alert">{t('seminar.camera_refused')}</p>
  return <video ref={video} className="scanner" muted playsInline aria-label={t('seminar.camera')} />
}
