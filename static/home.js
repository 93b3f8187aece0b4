// The first page and those of areas: the search.

import { offerSearch } from './search.js';

offerSearch(document.getElementById('search'));
