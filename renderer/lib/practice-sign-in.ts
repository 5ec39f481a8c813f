/** Of the made-up trainer of the practice centre; nothing behind it is real, so the sign-in screen tells it to everybody. */
export const practiceSignIn = { email: 'trainer@practice.example', password: 'practice' }
