using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Alignment;

public sealed class TokenClockTests
{
    private const int Position = 384; // samples
    private const int Long = 1_000_000; // samples: all positions are of the audio

    private readonly TokenClock _clock = new(Position);

    [Fact]
    public void Each_token_gets_the_positions_that_it_listens_to()
    {
        float[] listened =
        [
            .9f, .8f, .1f, 0, 0, 0, 0,
            0, .1f, .7f, .2f, .1f, 0, 0,
            0, 0, 0, .6f, .8f, .9f, .5f,
        ];

        Assert.Equal([(0, 2), (2, 3), (3, 7)], Spans(listened, 3));
    }

    [Fact]
    public void Pauses_belong_to_nobody()
    {
        float[] listened =
        [
            .01f, .02f, .6f, .9f, .05f, .01f, .01f, 0, 0, 0,
            0, 0, .1f, 0, 0, .03f, .1f, .8f, .7f, .02f,
        ];

        Assert.Equal([(2, 4), (7, 9)], Spans(listened, 2));
    }

    [Fact]
    public void The_order_is_kept_though_a_token_listens_back()
    {
        float[] listened =
        [
            .2f, .9f, .2f, 0, 0,
            .9f, 0, .3f, .4f, 0,
            0, 0, 0, 0, .9f,
        ];

        Assert.Equal([(0, 2), (2, 4), (4, 5)], Spans(listened, 3));
    }

    [Fact]
    public void What_lies_behind_the_audio_is_dealt_out_to_nobody()
    {
        float[] listened =
        [
            .9f, .8f, .1f, 0, 0, .9f, .9f,
            0, .1f, .7f, .6f, 0, .9f, .9f,
        ];

        Assert.Equal([(0, 2), (2, 4)], Spans(listened, 2, (4 * Position) - 5)); // the last position is not full
    }

    [Fact]
    public void A_decoder_that_listens_behind_what_it_says_is_believed_so_much_earlier()
    {
        var late = new TokenClock(Position, lag: 3 * Position / 2);

        late.Read([.9f, .8f, .1f, 0, 0, 0, 0, .1f, .7f, .6f], 2, Long);

        Assert.Equal(new HeardSpan(0, Position), late.Of(0, 0)); // not before the audio
        Assert.Equal(new HeardSpan(3 * Position / 2, 7 * Position / 2), late.Of(1, 1));
    }

    [Fact]
    public void As_many_tokens_as_positions_get_one_each()
    {
        Assert.Equal([(0, 1), (1, 2), (2, 3)], Spans([.1f, .9f, .9f, .1f, .1f, .9f, .9f, .1f, .1f], 3));
        Assert.Equal([(0, 1)], Spans([0], 1));
    }

    [Fact]
    public void Where_nothing_is_known_nothing_is_told()
    {
        Spans([1, 0, 0, 1], 2);
        foreach (var tokens in (int[])[0, 2, 3]) // of two positions for three tokens one would have to be shared
        {
            _clock.Read(tokens == 3 ? new float[6] : [], tokens, Long);
            Assert.Null(_clock.Of(0, 0));
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var random = new Random(2);
        float[] listened = [.. Enumerable.Range(0, 30 * 200).Select(_ => random.NextSingle())];

        Assert.Equal(0, Allocations.Of(() => _clock.Read(listened, 30, Long)));
    }

    private IEnumerable<(int, int)> Spans(float[] listened, int tokens, int samples = Long)
    {
        _clock.Read(listened, tokens, samples);
        return [.. Enumerable.Range(0, tokens).Select(token => _clock.Of(token, token)!.Value).Select(heard => (heard.Start / Position, heard.End / Position))];
    }
}
