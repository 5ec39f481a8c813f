import {
  IconAnchor,
  IconApple,
  IconBell,
  IconBike,
  IconFeather,
  IconFish,
  IconFlower,
  IconHome,
  IconKey,
  IconMoon,
  IconSun,
  IconTree,
} from '@tabler/icons-react'
import type { PictureName } from '../../shared/contract/kiosk.ts'

const drawings = {
  anchor: IconAnchor,
  apple: IconApple,
  bell: IconBell,
  bike: IconBike,
  feather: IconFeather,
  fish: IconFish,
  flower: IconFlower,
  house: IconHome,
  key: IconKey,
  moon: IconMoon,
  sun: IconSun,
  tree: IconTree,
} as const satisfies Record<PictureName, unknown>

/** One of the pictures of a picture password; its name stands beside it. */
export function Picture({ name, size = 48 }: { name: PictureName; size?: number }) {
  const Drawing = drawings[name]
  return <Drawing size={size} stroke={1.5} aria-hidden />
}
