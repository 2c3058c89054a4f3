using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class PartialPaceTests
{
    private readonly PartialPace _pace = new(0.08) { Share = 0.5 };

    [Fact]
    public void While_there_is_time_partials_come_as_wished()
    {
        Note(0.03, times: 50);
        Assert.Equal(0.08, Every(1));
    }

    [Fact]
    public void What_costs_more_comes_less_often_so_that_the_share_holds()
    {
        Note(0.1, times: 50);
        Assert.Equal(0.2, Every(1), 3);
    }

    [Fact]
    public void Several_sources_share_the_time()
    {
        Note(0.03, times: 50);
        Assert.Equal(4 * 0.03 / 0.5, Every(4), 3);
    }

    [Fact]
    public void It_degrades_step_by_step_and_at_once()
    {
        Note(0.03, times: 50);
        var paces = Enumerable.Range(0, 6).Select(_ =>
        {
            Note(0.3);
            return Every(1);
        }).ToArray();

        Assert.Equal(paces.Order(), paces);
        Assert.True(paces[0] > 0.08);
        Assert.InRange(paces[^1], 0.5, 0.6);
    }

    [Fact]
    public void It_recovers_by_itself_more_slowly_than_it_degrades()
    {
        Note(0.3, times: 50);
        Note(0.03, times: 3);
        Assert.InRange(Every(1), 0.3, 0.6);
        Note(0.03, times: 40);
        Assert.Equal(0.08, Every(1));
    }

    [Fact]
    public void It_never_falls_behind_what_was_promised()
    {
        Note(5, times: 50);
        Assert.Equal(1, Every(12));
    }

    [Fact]
    public void What_would_be_needed_is_told_without_wish_and_limit()
    {
        Note(1, times: 50);
        Every(2);
        Every(0); // a pause tells nothing
        Assert.Equal(4, _pace.Needed, 3);
    }

    [Fact]
    public void A_slower_wish_is_kept() => Assert.Equal(3, new PartialPace(3).Every);

    private void Note(double cost, int times = 1)
    {
        for (var i = 0; i < times; i++) _pace.Note(cost);
    }

    private double Every(int growing)
    {
        _pace.Spread(growing);
        return _pace.Every;
    }
}
