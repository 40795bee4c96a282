// What happens to sectors and their assets, in words.
#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/telling/names.hpp"
#include "models/world/telling/narrator.hpp"

namespace world {

void tell_infrastructure(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<Sector, Sector::Hit>([](Sector::Hit const& h) {
    return "the campaign takes service" + std::string(h.self_ending != 0 ? ", which comes back without a crew" : "");
  });
  n.tell_row<Sector, Sector::Damaged>([&](Sector::Damaged const& d) {
    return percent_words(d.share) + " of the sector " + sector_words(atlas, d.sector) + " of " + nation_words(atlas, d.nation) + " is down";
  });
  n.tell_event<Sector, Sector::Crew>([](Sector::Crew const&) { return std::string("a crew begins to restore"); });
  n.tell_row<Sector, Sector::Restoring>([](Sector::Restoring const& r) {
    return "a crew begins to restore " + days_words(r.wait_days) + " after discovery; service comes back with a time constant of " + days_words(r.tau_days);
  });
  n.tell_row<Sector, Sector::ServiceLevel>([&](Sector::ServiceLevel const& s) {
    return "the sector " + sector_words(atlas, s.sector) + " of " + nation_words(atlas, s.nation) + " gives " + percent_words(s.level) + " of its service";
  });
  n.tell_row<Sector, Sector::Cascade>([&](Sector::Cascade const& c) {
    return "the sector " + sector_words(atlas, c.sector) + " of " + nation_words(atlas, c.nation) + " loses at least 5 % of its service through its providers";
  });
  n.tell_row<Sector, Sector::CascadeFromAbroad>([&](Sector::CascadeFromAbroad const& c) {
    return "providers abroad take service from the sector " + sector_words(atlas, c.sector) + " of " + nation_words(atlas, c.nation);
  });
  n.tell_event<Asset, Asset::Step>([](Asset::Step const& s) { return "part " + std::to_string(s.step) + " of the asset's service is back"; });
}

}  // namespace world
