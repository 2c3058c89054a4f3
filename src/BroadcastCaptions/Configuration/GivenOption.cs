namespace BroadcastCaptions.Configuration;

/// <summary>An option of the command line that stands for a key of the configuration.</summary>
/// <param name="Key">The key: "display:lines".</param>
/// <param name="Value">What was given.</param>
/// <param name="Name">What the user typed: "--lines".</param>
internal sealed record GivenOption(string Key, string? Value, string Name);
