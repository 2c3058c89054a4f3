using BroadcastCaptions.Options;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>How long a display policy waits before it shows or changes a word. Seconds; the options say where each comes from.</summary>
/// <param name="SteadyAfter">A new word must survive for so long.</param>
/// <param name="ShowWithin">After its end it waits no longer than this.</param>
/// <param name="ShowStalled">Nor do words behind the shown ones, if every hypothesis has others.</param>
/// <param name="ReplaceAfter">A shown word must be missing for so long.</param>
/// <param name="ReplaceSlower">And for so much longer a second since it was spoken.</param>
/// <param name="InsertWithin">Only words that ended so recently are put between or in place of fewer shown ones.</param>
/// <param name="SettleAfter">A shown word that ended so long ago never changes again.</param>
internal readonly record struct Patience(double SteadyAfter, double ShowWithin, double ShowStalled, double ReplaceAfter, double ReplaceSlower, double InsertWithin, double SettleAfter)
{
    /// <summary>What the policy asks for.</summary>
    public static Patience Of(DisplayOptions options) => options.Policy == DisplayPolicy.Fast
        ? new(0, 0, 0, 0, 0, options.InsertWithin, options.SettleAfter)
        : new(options.SteadyAfter, options.ShowWithin, options.ShowStalled, options.ReplaceAfter, options.ReplaceSlower, options.InsertWithin, options.SettleAfter);

    /// <summary>Do words stay that the hypothesis has none for?</summary>
    public bool WaitsForHesitation => SteadyAfter > 0;

    /// <summary>For how long a word must be missing, or another must stand in its place.</summary>
    public double Replace(TimedWord word, double now) => ReplaceAfter + (ReplaceSlower * Math.Max(0, now - word.End.Seconds));
}
