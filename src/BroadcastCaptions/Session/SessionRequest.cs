using BroadcastCaptions.Options;

namespace BroadcastCaptions.Session;

/// <summary>What the user asked a session for.</summary>
/// <param name="Title">"live" or "demo".</param>
/// <param name="Options">The options.</param>
/// <param name="Json">Events to standard output.</param>
/// <param name="Fast">File taps as fast as possible.</param>
/// <param name="UntilInputEnds">End when standard input does.</param>
internal sealed record SessionRequest(string Title, CaptionsOptions Options, bool Json, bool Fast, bool UntilInputEnds = false);
