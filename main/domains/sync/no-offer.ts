/** The columns of `sync_way` where the centre has offered no other way, or it has been taken. */
export const noOffer = { offer_host: null, offer_problem: null, offer: null, offer_authority: null }
