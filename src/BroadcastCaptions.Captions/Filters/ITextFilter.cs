using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Changes what is shown of what was said: transcript in, transcript out. Pure: the same transcript gives the same result. Partials pass too,
/// so a word that must not appear never flashes up. Called by the pipeline's one thread.
/// </summary>
public interface ITextFilter
{
    /// <summary>The transcript as it may be shown; the same object where nothing changes.</summary>
    Transcript Apply(Transcript transcript);
}
