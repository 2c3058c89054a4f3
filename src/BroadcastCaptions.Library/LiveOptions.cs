using BroadcastCaptions.Options;

namespace BroadcastCaptions.Library;

/// <summary>How live words are to come.</summary>
public sealed record LiveOptions
{
    /// <summary>Which words are shown, and when: steady (believed), fast (at once), or finals only.</summary>
    public DisplayPolicy Policy { get; init; }

    /// <summary>Words that must not appear, partials included; null: every word appears as it was said.</summary>
    public BlockListOptions? BlockList { get; init; }
}
