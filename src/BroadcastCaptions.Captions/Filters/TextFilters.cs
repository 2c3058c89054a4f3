using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>Makes the filters that the options ask for.</summary>
public static class TextFilters
{
    /// <summary>The filter to put before every sink.</summary>
    /// <param name="options">The block list.</param>
    /// <param name="counters">Gets <c>filter.blocked</c>: words and phrases blocked in finals.</param>
    /// <exception cref="Failures.CaptionsException">A language without a list, an empty entry.</exception>
    public static ITextFilter From(BlockListOptions options, Counters counters) =>
        options.Enabled ? new BlockListFilter(options, counters) : new PassThrough();

    private sealed class PassThrough : ITextFilter
    {
        public Transcript Apply(Transcript transcript) => transcript;
    }
}
