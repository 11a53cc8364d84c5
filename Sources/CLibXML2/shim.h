#pragma once
// Debian's libxml2 brings in its ICU headers, which disagree with those that Foundation carries; nothing here uses them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
