/* The resource table of the only host, linux; made by sdtgen. Do not edit. */
#include "rsc-linux.h"
