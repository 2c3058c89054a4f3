using BroadcastCaptions.Speech.Arithmetic;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Arithmetic;

public sealed class CrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)] // more than there are cores here
    public void Every_piece_is_done_once_however_often_there_is_work(int workers)
    {
        using var crew = new Crew(workers);
        var done = new int[37];
        var most = 0;
        for (var run = 1; run <= 3000; run++)
        {
            crew.Run(1 + (run % done.Length), (worker, piece) =>
            {
                Interlocked.Increment(ref done[piece]);
                InterlockedMax(ref most, worker);
            });
            Assert.Equal(1 + (run % done.Length), done.Sum()); // all of them, when it returns
            Array.Clear(done);
        }

        Assert.InRange(most, 0, workers - 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void No_helper_that_is_still_at_the_last_run_takes_a_piece_of_the_next(int workers)
    {
        using var crew = new Crew(workers);
        var done = 0;
        Action<int, int> work = (_, _) => Interlocked.Increment(ref done);
        var expected = 0;
        for (var run = 0; run < 300_000; run++)
        {
            var pieces = run % 2 == 0 ? 2 : 9; // a helper that saw the few pieces taken must not find more
            crew.Run(pieces, work);
            expected += pieces;
            Assert.Equal(expected, Volatile.Read(ref done));
        }
    }

    [Theory]
    [InlineData(int.MaxValue - 2)]
    [InlineData(-2)]
    public async Task After_so_many_runs_that_their_number_goes_round_there_are_more(int runs)
    {
        using var crew = new Crew(2, runs);
        var done = 0;

        await Task.Run(() =>
        {
            for (var run = 0; run < 6; run++) crew.Run(5, (_, _) => Interlocked.Increment(ref done));
        }).WaitAsync(Wait.Generous);

        Assert.Equal(30, done);
    }

    [Fact]
    public async Task Helpers_work_too_and_after_they_slept()
    {
        using var crew = new Crew(2);
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(20); // longer than a helper looks out for work
            var helped = 0;
            await Wait.UntilAsync(
                () =>
                {
                    crew.Run(2, (worker, _) =>
                    {
                        Thread.Sleep(1);
                        if (worker == 1) helped++;
                    });
                    return helped > 0;
                },
                Wait.Generous, "a helper");
        }
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var crew = new Crew(2);
        var done = 0;
        Action<int, int> work = (_, _) => Interlocked.Increment(ref done);

        Assert.Equal(0, Allocations.Of(() => crew.Run(8, work), times: 20));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); value > known; known = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, known);
    }
}
