using BroadcastCaptions.Speech.Catalogue;

namespace BroadcastCaptions.Choosing;

/// <summary>A model that may be chosen.</summary>
/// <param name="Model">The catalogue's entry.</param>
/// <param name="IsInstalled">Is it on this machine?</param>
/// <param name="Cost">Seconds that this machine takes for a partial with it; null where that was not measured.</param>
internal sealed record Candidate(CatalogueModel Model, bool IsInstalled, double? Cost)
{
    /// <summary>What the user types to have it and no other.</summary>
    public string Name => Model.Name;
}
