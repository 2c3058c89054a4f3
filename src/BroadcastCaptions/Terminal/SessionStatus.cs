using BroadcastCaptions.Metrics;
using BroadcastCaptions.Pipeline;

namespace BroadcastCaptions.Terminal;

/// <summary>What the terminal shows beside the words; asked for at every redraw.</summary>
/// <param name="Title">"demo", "live".</param>
/// <param name="Model">The model's name.</param>
/// <param name="Lanes">The sources.</param>
/// <param name="Paused">Has the user paused?</param>
/// <param name="Figures">How well it does.</param>
/// <param name="Drops">Everything that was lost so far: samples aside, by count.</param>
/// <param name="Mended">Answers of the model that were dropped, cut or asked for again: words that nobody said, loops, silence on speech.</param>
internal sealed record SessionStatus(
    string Title, string Model, IReadOnlyList<LaneStatus> Lanes, bool Paused, LiveFigures Figures, long Drops, long Mended);
