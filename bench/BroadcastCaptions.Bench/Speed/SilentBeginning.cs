namespace BroadcastCaptions.Bench.Speed;

/// <summary>Silence before a clip: where windows and frames fall moves a point of word errors up or down, so a clip is heard with several beginnings.</summary>
internal static class SilentBeginning
{
    /// <summary>What the option says.</summary>
    public const string Description = "Hears each clip so many times, with more and more silence before it: where windows and frames fall moves a point of word errors up or down.";

    private const int Step = 1237; // samples by which beginnings differ: 77 ms, no multiple of a frame

    /// <summary>A clip as it is heard for the nth time, 0 as it is.</summary>
    public static float[] Before(float[] samples, int n) => n == 0 ? samples : [.. new float[n * Step], .. samples];
}
