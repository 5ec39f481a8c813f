export const roles = ['super_admin', 'admin', 'trainer', 'student'] as const
export type Role = (typeof roles)[number]
