/** Stands for a date that is half typed or does not exist; every contract refuses it. */
export const unfinishedDate = 'unfinished'
