namespace BroadcastCaptions.Captions.Filters;

/// <summary>Tokens that form a blocked word or phrase.</summary>
/// <param name="From">Index of the first token.</param>
/// <param name="To">Index after the last.</param>
internal readonly record struct BlockedSpan(int From, int To);
